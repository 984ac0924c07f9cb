export const config = {
	api: {
		bodyParser: { sizeLimit: 'lots' },
		responseLimit: -1,
	},
	maxDuration: '5s',
}

export default () => {}

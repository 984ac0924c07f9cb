export const config = {
	api: { bodyParser: { sizeLimit: process.env.LIMIT } },
}

export default () => {}

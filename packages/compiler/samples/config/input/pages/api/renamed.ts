const settings = { api: { bodyParser: false } }
export { settings as config }
export default () => {}

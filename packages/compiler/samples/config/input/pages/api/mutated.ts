export const config = { api: { bodyParser: true } }
config.api.bodyParser = false
export default () => {}

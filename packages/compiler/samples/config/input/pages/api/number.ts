export const config = { api: { bodyParser: { sizeLimit: 2048 }, responseLimit: 100 } }
export default () => {}

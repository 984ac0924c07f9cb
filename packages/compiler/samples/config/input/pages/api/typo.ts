export const config = { api: { bodyParse: false } }
export default () => {}

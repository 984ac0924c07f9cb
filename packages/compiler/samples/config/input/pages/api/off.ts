export const config = { api: { bodyParser: false, responseLimit: false, externalResolver: true } } as const
export default () => {}

const LIMIT = '4kb'
const bodyParser = { sizeLimit: LIMIT }
const config = { ['api']: { bodyParser }, 'maxDuration': 10 }

export { config }
export default () => {}

export { config } from '../../lib/config'
export default () => {}

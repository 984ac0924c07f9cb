export * from '../../lib/handler'
export default () => {}

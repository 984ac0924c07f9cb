export const config = 'edge'
export default () => {}

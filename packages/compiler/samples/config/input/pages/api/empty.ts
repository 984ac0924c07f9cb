export const config = {}
export default () => {}

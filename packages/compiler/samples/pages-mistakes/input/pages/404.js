export default () => 'Not found'

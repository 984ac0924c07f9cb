export default () => 'about us'

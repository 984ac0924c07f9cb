export default () => <p>not a route</p>

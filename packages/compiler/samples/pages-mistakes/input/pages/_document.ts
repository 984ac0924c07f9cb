export default ({ html }) => html

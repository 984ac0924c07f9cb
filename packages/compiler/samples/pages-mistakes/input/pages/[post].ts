export const getStaticProps = () => ({ props: {} })
export default () => 'a post'

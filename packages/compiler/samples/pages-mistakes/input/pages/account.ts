export const getServerSideProps = () => ({ props: {} })
export default () => 'your account'

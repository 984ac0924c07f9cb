const getStaticPaths = () => ({ paths: ['/posts/1'], fallback: 'blocking' })
const getStaticProps = ({ params }) => ({ props: params })

function Post({ id }) {
  return <h1>{id}</h1>
}

export { Post as default, getStaticPaths, getStaticProps }

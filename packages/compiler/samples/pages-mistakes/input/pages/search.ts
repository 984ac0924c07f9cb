function Search() {
  return ''
}
Search.getInitialProps = () => ({})

export const getStaticProps = { props: {} }
export default Search

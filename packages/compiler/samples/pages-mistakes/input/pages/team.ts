export const getStaticPaths = () => ({ paths: [], fallback: false })
export const getStaticProps = () => ({ props: {} })
export const config = { runtime: 'edge' }
export const Team = () => 'the team'

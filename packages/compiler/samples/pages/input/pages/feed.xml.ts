export const getStaticProps = () => ({ props: { title: 'News' } })
export default ({ title }: { title: string }) => `<rss><title>${title}</title></rss>`

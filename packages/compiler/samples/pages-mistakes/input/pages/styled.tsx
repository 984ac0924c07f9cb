export const getStaticProps = () => ({ props: {} })
export default () => (
  <p>
    hello
    <style jsx>{'p { color: red }'}</style>
  </p>
)

import type { GetStaticProps } from 'next'
import { Layout } from '../components/layout'

export const getStaticProps: GetStaticProps = async () => ({ props: { now: Date.now() }, revalidate: 10 })

export default function Home({ now }: { now: number }) {
  return <Layout>{now}</Layout>
}

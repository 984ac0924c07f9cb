import type { GetStaticProps, InferGetStaticPropsType } from 'next'
import { message } from '../lib/message'

/** Runs when the page is asked for the first time, and when /api/message has it made anew: not with each request. */
export const getStaticProps = (async () => ({
  props: { text: message.text, changes: message.changes },
})) satisfies GetStaticProps

export default function Home({ text, changes }: InferGetStaticPropsType<typeof getStaticProps>) {
  return (
    <main>
      <title>{text}</title>
      <h1>{text}</h1>
      <p>{changes === 0 ? 'Nobody has changed this yet.' : `Changed ${changes === 1 ? 'once' : `${changes} times`}.`}</p>
    </main>
  )
}

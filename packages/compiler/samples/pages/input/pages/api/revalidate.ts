export default async function handler(req, res) {
  await res.revalidate('/')
  res.json({ done: true })
}

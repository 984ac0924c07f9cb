export default function handler(req, res) {
  const posts = await fetchPosts()
  res.json(posts)
}

export default function handler(req, res) {
  res.json({ route: req.route })
}

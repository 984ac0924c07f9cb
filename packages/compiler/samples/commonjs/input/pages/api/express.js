exports = module.exports = function handler(req, res) {
  res.end()
}

exports.config = { api: { externalResolver: true } }

module.exports = (req, res) => res.end()
module.exports.config = { api: { bodyParser: { sizeLimit: `1.5mb` } } }

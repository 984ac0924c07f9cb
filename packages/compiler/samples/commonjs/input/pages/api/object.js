const handler = (req, res) => res.end()
module.exports = { default: handler, config: { maxDuration: 5 } }

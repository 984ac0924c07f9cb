const { text } = require('../../lib/dirname')

module.exports = (req, res) => res.send(text)

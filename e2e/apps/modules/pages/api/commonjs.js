const circular = require('fixture-circular-commonjs')
const { format } = require('fixture-dual')
const { feature } = require('fixture-dual/features/a')

module.exports = async (req, res) => {
  const { loaded } = await import('fixture-top-level-await')
  res.json({ format, feature, loaded, circular: circular.describe() })
}

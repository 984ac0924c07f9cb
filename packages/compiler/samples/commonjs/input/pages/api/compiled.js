'use strict'
Object.defineProperty(exports, '__esModule', { value: true })
exports.config = exports.default = void 0
exports.default = handler
exports.config = { api: { bodyParser: false } }
function handler(req, res) {
  res.end()
}

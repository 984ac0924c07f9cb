exports.default = (req, res) => res.end()

const fs = require('fs')
const path = require('path')

exports.text = fs.readFileSync(path.join(__dirname, 'beside.txt'), 'utf8')

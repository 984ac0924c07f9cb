module.exports = { handler() {} }

export default { read() {} }

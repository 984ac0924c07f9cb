export default function store() {
  return { read() {}, ask() {}, claim() {}, close() {} }
}

export default function store() {
  return { read() {}, claim() {} }
}

// What pages are rendered with.
export { createElement } from "react"
export { renderToString } from "react-dom/server"

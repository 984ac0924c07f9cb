export const HELP = `apiroutes compiles a pages/api folder into one server.js

Usage
  apiroutes build [dir]     dir: the folder that contains pages/api or src/pages/api (default: here)
  apiroutes check [dir]     finds mistakes without building, but for those of imports
  apiroutes routes [dir]    lists the routes without building
  apiroutes explain <code>  why something is a mistake, with a wrong and a right example

Options of build
  -o, --out-dir <folder>    where the output goes, relative to dir (default: dist)
  --minify                  a smaller server.js
  --no-sourcemap            no server.js.map; logged stacks then name places in server.js
  --external <package>      leave a package out of the bundle; it is copied whole beside server.js (can be repeated)
  --include <glob>          copy these files too, relative to dir, as in "data/**" (can be repeated)
  --target <platform>       what native addons must be for, such as linux-x64 or linux-arm64 (default: this machine)
  --analyze                 a page beside the output folder that shows what is in server.js: dist.analyze.html
  --verify                  start the result in an empty folder and load every route
  --prerender               with --pages: generate the pages whose paths are known, into the output
  --page-store <file>       with --pages: a module, relative to dir, whose default export makes the store of generated pages

Options of build and check
  --strict                  warnings are errors
  -q, --quiet               print nothing but errors and warnings

Options of build, check and routes
  --pages                   the static pages below pages too: files that export getStaticProps, rendered by the server
  --format <format>         text (the default), json (one object a line), or github (annotations of GitHub Actions)
  --json                    the same as --format json

Options of all
  -h, --help                this text
  -v, --version             the version

Exit codes
  0 done, 1 the project has errors, 2 the command line is wrong

Then run
  node dist/server.js       PORT (default 3000) and HOST (default: all interfaces) come from the environment`

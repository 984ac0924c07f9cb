export const HELP = `apiroutes compiles a pages/api folder into one server.js

Usage
  apiroutes build [dir]     dir: the folder that contains pages/api or src/pages/api (default: here)
  apiroutes routes [dir]    lists the routes without building

Options of build
  -o, --out-dir <folder>    where the output goes, relative to dir (default: dist)
  --minify                  a smaller server.js
  --no-sourcemap            no server.js.map; logged stacks then name places in server.js
  --external <package>      leave a package out of the bundle; it is imported when the server runs (can be repeated)
  --strict                  warnings are errors
  -q, --quiet               print nothing but errors and warnings

Options of both
  --json                    one JSON object a line
  -h, --help                this text
  -v, --version             the version

Exit codes
  0 done, 1 the project has errors, 2 the command line is wrong

Then run
  node dist/server.js       PORT (default 3000) and HOST (default: all interfaces) come from the environment`

export default { home: '/' }

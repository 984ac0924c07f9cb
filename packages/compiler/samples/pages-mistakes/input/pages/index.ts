import './index.css'
import logo from '../public/logo.png'
import Link from 'next/link'
import { Card } from '../components/card'

export const getStaticProps = () => ({ props: {} })
export default () => [Link, Card, logo].join()

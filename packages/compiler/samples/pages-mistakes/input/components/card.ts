import styles from './card.module.css'
import { useRouter } from 'next/router'

export const Card = () => [styles.card, useRouter().asPath].join()

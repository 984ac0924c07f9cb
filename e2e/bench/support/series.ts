/** What a run has found: one list of numbers for each work and subject. */

export interface Series {
  /** The id of a `Work`. */
  readonly work: string
  /** A `SubjectName`, or what else finds routes. */
  readonly subject: string
  /** In the order of the rounds, in the unit of the work. */
  readonly values: readonly number[]
  /** Beside each value: microseconds of CPU time for one request. */
  readonly cpu?: readonly number[]
}

export interface Results {
  readonly date: string
  readonly cpu: string
  readonly cores: number
  /** How many processes wanted a core before the run began. */
  readonly loadAverage: number
  readonly node: string
  readonly tool: string
  readonly versions: Readonly<Record<string, string>>
  readonly rounds: number
  readonly seconds: number
  readonly series: readonly Series[]
}

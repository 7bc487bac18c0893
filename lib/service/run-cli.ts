/**
 * Runs the main function of a command. What it throws becomes one line on standard error and exit code 1: messages of
 * this folder are sentences that say what to do.
 */
export async function runCli(main: () => Promise<void>): Promise<void> {
  try {
    await main()
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
    process.exit(1)
  }
}

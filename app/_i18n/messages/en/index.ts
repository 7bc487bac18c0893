import account from './account.json'
import admin from './admin.json'
import catalogue from './catalogue.json'
import classes from './classes.json'
import comments from './comments.json'
import common from './common.json'
import errors from './errors.json'
import gradebook from './gradebook.json'
import home from './home.json'
import insight from './insight.json'
import leaderboard from './leaderboard.json'
import next from './next.json'
import profile from './profile.json'
import progress from './progress.json'
import regrades from './regrades.json'
import sets from './sets.json'
import settings from './settings.json'
import solutions from './solutions.json'
import submissions from './submissions.json'
import topics from './topics.json'
import workspace from './workspace.json'

export const en = {
  account,
  admin,
  catalogue,
  classes,
  comments,
  common,
  errors,
  gradebook,
  home,
  insight,
  leaderboard,
  next,
  profile,
  progress,
  regrades,
  sets,
  settings,
  solutions,
  submissions,
  topics,
  workspace,
}

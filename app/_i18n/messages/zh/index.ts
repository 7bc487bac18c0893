import account from './account.json'
import admin from './admin.json'
import catalogue from './catalogue.json'
import common from './common.json'
import errors from './errors.json'
import home from './home.json'
import progress from './progress.json'
import settings from './settings.json'
import submissions from './submissions.json'
import topics from './topics.json'
import workspace from './workspace.json'

export const zh = { account, admin, catalogue, common, errors, home, progress, settings, submissions, topics, workspace }

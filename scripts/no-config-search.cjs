// Stands in for lilconfig in the bundles: prisma-ast would use it to run a configuration file of the workspace, and a
// workspace's code is never run.
exports.lilconfigSync = () => ({ search: () => null });

const vscode = require('vscode');

exports.activate = (context) => {
  context.subscriptions.push(vscode.commands.registerCommand('badgesmithBaseline.activate', () => void vscode.window.setStatusBarMessage('Nearly empty extension activated')));
};

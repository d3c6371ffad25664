import * as vscode from 'vscode';
import { badgeStyles, type BadgeStyle } from '../core/badge';
import type { GeneratorDefinition } from '../core/definition';
import { settings, settingsSection } from './contributions';

/**
 * What the settings ask of the generator for a folder, package.json's defaults included. A value of a wrong shape is left out:
 * the settings editor shows its error where it stands.
 */
export function generatorSettings(folder: vscode.Uri): GeneratorDefinition {
  const configuration = vscode.workspace.getConfiguration(settingsSection, folder);
  const path = configuration.get<unknown>(settings.path);
  const style = configuration.get<unknown>(settings.style);
  const facts = configuration.get<unknown>(settings.facts);
  return {
    ...(typeof path === 'string' && path !== '' ? { path: { value: path } } : {}),
    ...(isStyle(style) ? { style: { value: style } } : {}),
    ...(facts === 'all' ? { facts: { value: 'all' } } : isTexts(facts) ? { facts: { value: facts } } : {}),
  };
}

/** Addresses the user named as GitLab instances, as written. Only user settings count, so a workspace can't add to them. */
export function namedInstances(): readonly string[] {
  const named = vscode.workspace.getConfiguration(settingsSection).inspect<unknown>(settings.instances)?.globalValue;
  return Array.isArray(named) ? named.filter((address) => typeof address === 'string') : [];
}

/** Whether the user (never a workspace) allows the account of GitLab Workflow. */
export function usesWorkflowAccount(): boolean {
  return vscode.workspace.getConfiguration(settingsSection).inspect<unknown>(settings.useGitLabWorkflowAccount)?.globalValue === true;
}

export async function useWorkflowAccount(): Promise<void> {
  await vscode.workspace.getConfiguration(settingsSection).update(settings.useGitLabWorkflowAccount, true, vscode.ConfigurationTarget.Global);
}

function isStyle(value: unknown): value is BadgeStyle {
  return badgeStyles.includes(value as BadgeStyle);
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

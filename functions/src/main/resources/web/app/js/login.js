// Signing in: OpenID Connect's code flow with PKCE. Tokens live in this module's variables only.
const KEPT = 'slipway-sign-in';
const REDIRECT = location.origin + '/app';
const settings = JSON.parse(document.querySelector('meta[name=slipway]').content);
// A sign-in page at this very origin is its issuer, at whichever port.
const issuer = settings.authorize.startsWith('/') ? location.origin : settings.issuer;

let bearer = '';
let claims = {};
let refresh = '';
let until = 0;

const base64url = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)));

/** Why nobody can sign in here; empty: one can. */
export function cannotSignIn() {
  if (!settings.clientId || !settings.authorize || !settings.token) {
    return 'No sign-in is set up for these pages. Whoever runs Slipway gives the parameters WebClientId, '
      + 'WebAuthorizeUrl and WebTokenUrl.';
  }
  return globalThis.crypto?.subtle ? ''
    : 'A browser signs in over HTTPS, or on this machine under 127.0.0.1, only. Open the pages there.';
}

/** Leaves for the issuer, and comes back to the address of now. */
export async function signIn() {
  const verifier = random();
  const [state, nonce] = [random(), random()];
  const to = location.pathname.startsWith('/app/signed-out') ? '/app' : location.pathname + location.hash;
  sessionStorage.setItem(KEPT, JSON.stringify({ verifier, state, nonce, to }));
  const challenge = base64url(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier)));
  location.assign(settings.authorize + '?' + new URLSearchParams({
    response_type: 'code', client_id: settings.clientId, redirect_uri: REDIRECT, scope: 'openid email profile',
    state, nonce, code_challenge: challenge, code_challenge_method: 'S256',
  }));
  await new Promise(() => {}); // The page ends here.
}

/** The session ended: what was typed is kept as a draft, and the issuer asks anew if it has to. */
export async function signInAgain() {
  bearer = '';
  await signIn();
}

async function exchange(parameters) {
  const answer = await fetch(settings.token, { method: 'POST', body: new URLSearchParams({
    client_id: settings.clientId, ...parameters }) });
  if (!answer.ok) {
    throw new Error('The sign-in was not completed. Try again.');
  }
  return answer.json();
}

function take(answer, nonce) {
  const text = (token) => JSON.parse(new TextDecoder().decode(
    Uint8Array.from(atob(token.split('.')[1].replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0))));
  const id = text(answer.id_token);
  const right = id.iss === issuer && [].concat(id.aud).includes(settings.clientId)
    && id.exp * 1000 > Date.now() && (nonce === undefined || id.nonce === nonce);
  if (!right) {
    throw new Error('The sign-in answered with a token that is not meant for these pages. Try again.');
  }
  bearer = settings.tokenUse === 'access' ? answer.access_token : answer.id_token;
  claims = { ...id, ...text(bearer) };
  until = claims.exp * 1000;
  refresh = answer.refresh_token || refresh;
}

/** Back from the issuer, or not there yet: answers once somebody is signed in. */
export async function signedIn() {
  const back = new URLSearchParams(location.search);
  const kept = JSON.parse(sessionStorage.getItem(KEPT) || 'null');
  if (!back.has('code') && !back.has('error')) {
    await signIn();
  }
  sessionStorage.removeItem(KEPT);
  history.replaceState(null, '', kept?.to || '/app');
  if (!kept || back.get('state') !== kept.state) {
    await signIn(); // A code that nobody here asked for, or the page was loaded with it a second time.
  }
  if (back.has('error')) {
    throw new Error('The sign-in was refused: ' + (back.get('error_description') || back.get('error')));
  }
  take(await exchange({ grant_type: 'authorization_code', code: back.get('code'), redirect_uri: REDIRECT,
    code_verifier: kept.verifier }), kept.nonce);
}

/** The token for the API, renewed a minute before its end where the issuer permits that. */
export async function token() {
  if (Date.now() > until - 60_000 && refresh) {
    const used = refresh;
    refresh = '';
    try {
      take(await exchange({ grant_type: 'refresh_token', refresh_token: used }));
    } catch {
      await signInAgain();
    }
  }
  return bearer;
}

/** The milliseconds until the token ends for good; infinite if it is renewed. */
export const remaining = () => (refresh ? Infinity : until - Date.now());

/** Who is signed in: {subject, name, roles, onboarding}. */
export function me() {
  const list = (claim) => [].concat(claim ?? []).flatMap((text) => String(text).split(/[\s,[\]]+/)).filter(Boolean);
  return {
    subject: claims.sub,
    name: claims.name || claims.email || claims.sub,
    roles: list(claims.slipway_roles),
    onboarding: list(claims.slipway_onboarding)[0] || '',
  };
}

/** Forgets everything here, and ends the issuer's session. */
export function signOut() {
  bearer = '';
  refresh = '';
  sessionStorage.clear();
  const out = location.origin + '/app/signed-out';
  location.assign(settings.logout ? settings.logout + '?' + new URLSearchParams({
    client_id: settings.clientId, logout_uri: out, post_logout_redirect_uri: out }) : out);
}

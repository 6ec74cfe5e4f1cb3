// swift-format-ignore-file
// Made by deploy/generate. Change the files it is made from, not this one.

/// The files of `Templates/` and `Files/`.
enum CompiledPages {
  /// Templates by name, without `.mustache`.
  static let templates: [String: String] = [
    "accept-invitation": #"""
{{<layout}}
{{$main}}
<h1>{{title}}</h1>
<p class="lead">{{introduction}}</p>
<dl class="facts">
<div><dt>{{say.fields.organization}}</dt><dd>{{organization}}</dd></div>
{{#roles}}
<div><dt>{{say.fields.roles}}</dt><dd>{{.}}</dd></div>
{{/roles}}
</dl>
{{#accepts}}
{{#signedInAs}}
<p>{{.}}</p>
{{/signedInAs}}
<form method="post">
{{> keys}}
<button class="primary">{{say.acceptInvitation.accept}}</button>
</form>
{{/accepts}}
{{#signInAddress}}
<p>{{say.acceptInvitation.signInFirst}}</p>
<a class="button primary" href="{{.}}">{{say.acceptInvitation.signIn}}</a>
{{/signInAddress}}
{{/main}}
{{/layout}}

"""#,
    "carry-on": #"""
{{<layout}}
{{$head}}
<meta http-equiv="refresh" content="0; url={{address}}">
{{/head}}
{{$main}}
<h1>{{title}}</h1>
<p>{{say.carryOn.explanation}}</p>
<a class="button primary" href="{{address}}">{{say.carryOn.link}}</a>
{{/main}}
{{/layout}}

"""#,
    "check-mail": #"""
{{<layout}}
{{$main}}
<h1>{{title}}</h1>
<p>{{sent}}</p>
<p>{{term}}</p>
<ul class="help">
<li>{{say.checkMail.wrong}} <a href="{{signUp}}">{{say.checkMail.startAgain}}</a></li>
<li>{{say.signUp.have}} <a href="{{signIn}}">{{say.signIn.button}}</a></li>
</ul>
{{/main}}
{{/layout}}

"""#,
    "confirm-address": #"""
{{<layout}}
{{$main}}
<h1>{{title}}</h1>
<p class="lead">{{introduction}}</p>
{{> messages}}
<form method="post">
{{> keys}}
{{#fields}}
{{> field}}
{{/fields}}
<button class="primary">{{say.confirm.button}}</button>
</form>
<p class="hint">{{say.confirm.unexpected}}</p>
{{/main}}
{{/layout}}

"""#,
    "create-account": #"""
{{<layout}}
{{$main}}
<h1>{{title}}</h1>
<p class="lead">{{introduction}}</p>
{{> messages}}
<dl class="facts">
<div><dt>{{say.fields.name}}</dt><dd>{{name}}</dd></div>
<div><dt>{{say.fields.organization}}</dt><dd>{{organization}}</dd></div>
{{#agreement}}
<div><dt>{{say.fields.agreement}}</dt><dd>{{.}}</dd></div>
{{/agreement}}
{{#roles}}
<div><dt>{{say.fields.roles}}</dt><dd>{{.}}</dd></div>
{{/roles}}
</dl>
<form method="post">
{{> keys}}
{{#fields}}
{{> field}}
{{/fields}}
<p class="hint">{{say.createAccount.notMailbox}}</p>
<button class="primary">{{say.createAccount.button}}</button>
</form>
<p class="hint">{{say.createAccount.notYou}}</p>
{{/main}}
{{/layout}}

"""#,
    "dashboard": #"""
{{<layout}}
{{$main}}
<h1>{{title}}</h1>
<p class="lead">{{organization}}{{#roles}} · {{.}}{{/roles}}</p>
{{> messages}}
<section aria-labelledby="services">
<h2 id="services">{{say.dashboard.servicesTitle}}</h2>
{{#services}}
{{#first()}}<ul class="tiles">{{/first()}}
<li class="tile service"><a href="{{address}}">{{name}}</a>{{#.description}}<p>{{.}}</p>{{/.description}}</li>
{{#last()}}</ul>{{/last()}}
{{/services}}
{{^services}}
<p class="empty">{{say.dashboard.noServices}}</p>
{{/services}}
</section>
<section aria-labelledby="tasks">
<h2 id="tasks">{{say.dashboard.tasksTitle}}</h2>
<ul class="tiles">
{{#tasks}}
<li class="tile"><a href="{{address}}">{{name}}</a><p>{{hint}}</p></li>
{{/tasks}}
</ul>
</section>
{{/main}}
{{/layout}}

"""#,
    "error": #"""
{{<layout}}
{{$main}}
<h1>{{title}}</h1>
<p>{{explanation}}</p>
{{#requestID}}
<p class="hint">{{say.errors.requestNumber}}: <span class="number">{{.}}</span></p>
{{/requestID}}
<ul class="help">
<li><a href="/dashboard">{{say.errors.home}}</a></li>
</ul>
{{/main}}
{{/layout}}

"""#,
    "field-described": #"""
{{#describedBy}} aria-describedby="{{.}}"{{/describedBy}}{{#problem}} aria-invalid="true"{{/problem}}
"""#,
    "field-notes": #"""
{{#hint}}
<p class="hint" id="{{id}}-hint">{{.}}</p>
{{/hint}}
{{#problem}}
<p class="problem" id="{{id}}-problem">{{.}}</p>
{{/problem}}

"""#,
    "field": #"""
{{#.line}}
<div class="field">
<label for="{{id}}">{{label}}</label>
{{> field-notes}}
<input id="{{id}}" name="{{name}}" type="{{type}}"{{#.value}} value="{{.}}"{{/.value}} autocomplete="{{autocomplete}}" maxlength="{{maximum}}" {{#fixed}}readonly{{/fixed}}{{^fixed}}required{{/fixed}}{{> field-described}}>
</div>
{{/.line}}
{{#.list}}
<div class="field">
<label for="{{id}}">{{label}}{{#optional}} <span class="optional">({{say.frame.optional}})</span>{{/optional}}</label>
{{> field-notes}}
<select id="{{id}}" name="{{name}}" autocomplete="{{autocomplete}}"{{^optional}} required{{/optional}}{{> field-described}}>
{{#.placeholder}}
<option value="">{{.}}</option>
{{/.placeholder}}
{{#options}}
<option value="{{value}}"{{#chosen}} selected{{/chosen}}>{{text}}</option>
{{/options}}
</select>
</div>
{{/.list}}
{{#.boxes}}
<fieldset class="field boxes" id="{{id}}"{{> field-described}}>
<legend>{{label}}</legend>
{{> field-notes}}
{{#options}}
<div class="box">
<input type="checkbox" id="{{boxID}}" name="{{name}}" value="{{value}}"{{#chosen}} checked{{/chosen}}{{#fixed}} disabled{{/fixed}}{{#.note}} aria-describedby="{{boxID}}-note"{{/.note}}>
<label for="{{boxID}}">{{text}}</label>
{{#.note}}
<p class="hint" id="{{boxID}}-note">{{.}}</p>
{{/.note}}
</div>
{{/options}}
</fieldset>
{{/.boxes}}

"""#,
    "invitation-again": #"""
{{<layout}}
{{$main}}
<h1>{{title}}</h1>
<p class="lead">{{say.invitationAgain.introduction}}</p>
{{> messages}}
<form method="post" action="/invitation-again">
{{> keys}}
{{#fields}}
{{> field}}
{{/fields}}
<button class="primary">{{say.invitationAgain.button}}</button>
</form>
<ul class="help">
<li><a href="/sign-in">{{say.invitationAgain.toSignIn}}</a></li>
</ul>
{{/main}}
{{/layout}}

"""#,
    "invitation-asked-for": #"""
{{<layout}}
{{$main}}
<h1>{{title}}</h1>
<p>{{say.invitationAgain.done}}</p>
<h2>{{say.invitationAgain.nothing}}</h2>
<ul class="advice">
<li>{{say.invitationAgain.adviceSpam}}</li>
<li>{{say.invitationAgain.adviceColleague}}</li>
<li>{{say.invitationAgain.advicePartner}}</li>
<li>{{say.invitationAgain.adviceWait}}</li>
</ul>
<ul class="help">
<li><a href="/sign-in">{{say.invitationAgain.toSignIn}}</a></li>
</ul>
{{/main}}
{{/layout}}

"""#,
    "invite-user": #"""
{{<layout}}
{{$main}}
{{> organizations}}
<h1>{{title}}</h1>
<p class="lead">{{say.inviteUser.introduction}}</p>
{{> messages}}
<form method="post" action="{{action}}">
{{> keys}}
{{#fields}}
{{> field}}
{{/fields}}
<div class="buttons">
<button class="primary" name="then" value="done">{{say.inviteUser.button}}</button>
<button name="then" value="another">{{say.inviteUser.another}}</button>
</div>
</form>
{{#list}}
<ul class="help">
<li><a href="{{.}}">{{backToList}}</a></li>
</ul>
{{/list}}
{{/main}}
{{/layout}}

"""#,
    "keys": #"""
<input type="hidden" name="csrf" value="{{frame.csrf}}">
{{#continueTo}}
<input type="hidden" name="continue" value="{{.}}">
{{/continueTo}}

"""#,
    "layout": #"""
<!DOCTYPE html>
<html lang="{{frame.language}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
{{$head}}{{/head}}
<title>{{title}} · {{say.frame.brand}}</title>
<link rel="stylesheet" href="{{frame.styles}}">
<link rel="icon" href="{{frame.icon}}" type="image/svg+xml">
</head>
<body>
<a class="skip" href="#content">{{say.frame.skip}}</a>
<header class="top">
<div class="bar">
<a class="brand" href="/dashboard"><img src="{{frame.icon}}" alt="" width="28" height="28">{{say.frame.brand}}</a>
{{#frame.person}}
<nav class="places" aria-label="{{say.frame.main}}">
<a href="/dashboard"{{#onServices}} aria-current="page"{{/onServices}}>{{say.frame.services}}</a>
{{#.seesUsers}}
<a href="/users"{{#onUsers}} aria-current="page"{{/onUsers}}>{{say.frame.users}}</a>
{{/.seesUsers}}
</nav>
<div class="person">
<a class="me" href="/profile" aria-label="{{.profileLabel}}"{{#onProfile}} aria-current="page"{{/onProfile}}><span class="name">{{.name}}</span>{{#.organization}}<span class="organization">{{.}}</span>{{/.organization}}</a>
<form method="post" action="/sign-out"><input type="hidden" name="csrf" value="{{frame.csrf}}"><button class="quiet">{{say.frame.signOut}}</button></form>
</div>
{{/frame.person}}
</div>
</header>
<main id="content" class="{{#wide}}wide{{/wide}}{{^wide}}narrow{{/wide}}" tabindex="-1">
{{$main}}{{/main}}
</main>
<footer class="bottom">
{{#frame.languages}}
{{#first()}}<nav aria-label="{{say.frame.language}}"><ul class="languages">{{/first()}}
<li>{{#current}}<span aria-current="true" lang="{{tag}}">{{name}}</span>{{/current}}{{^current}}<a href="{{address}}" lang="{{tag}}" hreflang="{{tag}}">{{name}}</a>{{/current}}</li>
{{#last()}}</ul></nav>{{/last()}}
{{/frame.languages}}
</footer>
</body>
</html>

"""#,
    "link-ended": #"""
{{<layout}}
{{$main}}
<h1>{{title}}</h1>
<p>{{explanation}}</p>
{{#used}}
<a class="button primary" href="/sign-in">{{say.linkEnded.signIn}}</a>
{{/used}}
{{#invitation}}
<h2>{{say.linkEnded.next}}</h2>
<ul class="advice">
<li><a href="/invitation-again">{{say.linkEnded.askAgain}}</a></li>
<li>{{say.linkEnded.askInviter}}</li>
<li><a href="/sign-in">{{say.linkEnded.signIn}}</a></li>
</ul>
{{/invitation}}
{{#confirmation}}
<h2>{{say.linkEnded.next}}</h2>
<ul class="advice">
<li><a href="/sign-up">{{say.linkEnded.signUpAgain}}</a></li>
<li><a href="/sign-in">{{say.linkEnded.signIn}}</a></li>
</ul>
{{/confirmation}}
{{/main}}
{{/layout}}

"""#,
    "messages": #"""
{{#alert}}
<div class="message wrong" role="alert" id="alert"><p>{{.}}</p></div>
{{/alert}}
{{#problems}}
<div class="message wrong" role="alert" id="problems">
<p>{{sentence}}</p>
<ul>
{{#entries}}
<li><a href="#{{target}}">{{label}}</a>: {{problem}}</li>
{{/entries}}
</ul>
</div>
{{/problems}}
{{#notice}}
<div class="message good" role="status"><p>{{.}}</p></div>
{{/notice}}

"""#,
    "not-approved": #"""
{{<layout}}
{{$main}}
<h1>{{title}}</h1>
<p>{{explanation}}</p>
<p class="hint">{{advice}}</p>
<ul class="help">
<li><a href="{{wayBack}}">{{back}}</a></li>
<li><a href="/dashboard">{{say.errors.home}}</a></li>
</ul>
{{/main}}
{{/layout}}

"""#,
    "organizations": #"""
{{#organizations}}
{{#first()}}<nav class="choices" aria-label="{{say.fields.organization}}"><ul>{{/first()}}
<li>{{#current}}<span aria-current="true">{{name}}</span>{{/current}}{{^current}}<a href="{{address}}">{{name}}</a>{{/current}}</li>
{{#last()}}</ul></nav>{{/last()}}
{{/organizations}}

"""#,
    "other-person": #"""
{{<layout}}
{{$main}}
<h1>{{title}}</h1>
<p>{{explanation}}</p>
<p>{{say.otherPerson.advice}}</p>
<form method="post" action="/sign-out" class="buttons">
{{> keys}}
<button class="primary">{{say.otherPerson.button}}</button>
<a class="button" href="/dashboard">{{say.otherPerson.stay}}</a>
</form>
{{/main}}
{{/layout}}

"""#,
    "problem-type": #"""
{{<layout}}
{{$main}}
<h1>{{title}}</h1>
<p class="hint">{{about}}</p>
<h2>{{say.problemTypes.what}}</h2>
<p>{{meaning}}</p>
<h2>{{say.problemTypes.whatToDo}}</h2>
<p>{{advice}}</p>
{{/main}}
{{/layout}}

"""#,
    "profile": #"""
{{<layout}}
{{$main}}
<h1>{{title}}</h1>
<p class="lead">{{name}}</p>
{{> messages}}
<div class="panels">
<section class="sheet" aria-labelledby="details">
<h2 id="details">{{say.profile.details}}</h2>
<dl class="facts">
<div><dt>{{say.fields.name}}</dt><dd>{{name}}</dd></div>
<div><dt>{{say.fields.email}}</dt><dd>{{email}}</dd></div>
<div><dt>{{#isWork}}{{say.fields.organization}}{{/isWork}}{{^isWork}}{{say.fields.accountKind}}{{/isWork}}</dt><dd>{{organization}}</dd></div>
{{#country}}
<div><dt>{{say.fields.country}}</dt><dd>{{.}}</dd></div>
{{/country}}
</dl>
</section>
{{#isWork}}
<section class="sheet" aria-labelledby="roles">
<h2 id="roles">{{say.dashboard.rolesTitle}}</h2>
{{#roles}}
<p><strong>{{label}}</strong>{{#.hint}}<br><span class="hint">{{.}}</span>{{/.hint}}</p>
{{/roles}}
{{^roles}}
<p class="hint">{{say.profile.noRoles}}</p>
{{/roles}}
</section>
{{/isWork}}
{{#agreements}}
{{#first()}}<section class="sheet" aria-labelledby="agreements">
<h2 id="agreements">{{say.profile.agreementsTitle}}</h2>{{/first()}}
<p><strong class="number">{{number}}</strong>{{#.accounts}}<br><span class="hint">{{.}}</span>{{/.accounts}}</p>
{{#last()}}</section>{{/last()}}
{{/agreements}}
{{#memberships}}
{{#first()}}<section class="sheet" aria-labelledby="memberships">
<h2 id="memberships">{{say.profile.membershipsTitle}}</h2>{{/first()}}
<p><strong>{{organization}}</strong><br><span class="hint">{{roles}}</span></p>
{{#last()}}</section>{{/last()}}
{{/memberships}}
<section class="sheet" aria-labelledby="language-title">
<h2 id="language-title">{{say.profile.languageTitle}}</h2>
<form method="post" action="/profile/language" class="again">
{{> keys}}
{{#languageFields}}
{{> field}}
{{/languageFields}}
<button>{{say.profile.languageButton}}</button>
</form>
</section>
<section class="sheet" aria-labelledby="password-title">
<h2 id="password-title">{{say.profile.passwordTitle}}</h2>
<p class="hint">{{say.profile.passwordNote}}</p>
<form method="post" action="/profile/password">
{{> keys}}
{{#passwordFields}}
{{> field}}
{{/passwordFields}}
<button>{{say.profile.passwordButton}}</button>
</form>
</section>
</div>
<section aria-labelledby="sessions">
<h2 id="sessions">{{say.profile.sessionsTitle}}</h2>
<ul class="rows sessions">
{{#sessions}}
<li><span class="title">{{device}}{{#isThisOne}} <span class="badge">{{say.profile.thisSession}}</span>{{/isThisOne}}</span><span class="soft">{{since}}</span><span class="soft">{{lastSeen}}</span>
{{^isThisOne}}
<form method="post" action="/profile/sessions">
{{> keys}}
<input type="hidden" name="session" value="{{id}}">
<button aria-label="{{say.profile.endSession}}: {{device}}">{{say.profile.endSession}}</button>
</form>
{{/isThisOne}}
</li>
{{/sessions}}
</ul>
</section>
{{/main}}
{{/layout}}

"""#,
    "sign-in": #"""
{{<layout}}
{{$main}}
<h1>{{title}}</h1>
{{#toApplication}}
<p class="lead">{{.}}</p>
{{/toApplication}}
{{> messages}}
<form method="post" action="/sign-in"{{#alert}} aria-describedby="alert"{{/alert}}>
{{> keys}}
{{#both}}
<fieldset class="kinds">
<legend>{{say.fields.accountKind}}</legend>
<div class="kind"><input type="radio" id="kind-work" name="kind" value="work"{{#work}} checked{{/work}}><label for="kind-work"><span>{{say.signIn.work}}</span> <span class="hint">{{say.signIn.workHint}}</span></label></div>
<div class="kind"><input type="radio" id="kind-personal" name="kind" value="personal"{{#personal}} checked{{/personal}}><label for="kind-personal"><span>{{say.signIn.personal}}</span> <span class="hint">{{say.signIn.personalHint}}</span></label></div>
</fieldset>
{{/both}}
{{#onlyKind}}
<input type="hidden" name="kind" value="{{.}}">
{{/onlyKind}}
{{#onlyWork}}
<p class="badge">{{say.signIn.work}}</p>
{{/onlyWork}}
{{#onlyPersonal}}
<p class="badge">{{say.signIn.personal}}</p>
{{/onlyPersonal}}
{{#fields}}
{{> field}}
{{/fields}}
<button class="primary">{{say.signIn.button}}</button>
</form>
<ul class="help">
{{#offersInvitation}}
<li><a href="/invitation-again">{{say.signIn.lostInvitation}}</a></li>
{{/offersInvitation}}
{{#offersSignUp}}
<li>{{say.signIn.noAccount}} <a href="{{signUp}}">{{say.signIn.signUp}}</a></li>
{{/offersSignUp}}
</ul>
{{/main}}
{{/layout}}

"""#,
    "sign-out": #"""
{{<layout}}
{{$main}}
<h1>{{title}}</h1>
<p>{{say.signOut.question}}</p>
<form method="post" action="{{action}}" class="buttons">
{{> keys}}
{{#carried}}
<input type="hidden" name="{{name}}" value="{{value}}">
{{/carried}}
<button class="primary">{{say.signOut.button}}</button>
<a class="button" href="/dashboard">{{say.signOut.stay}}</a>
</form>
{{/main}}
{{/layout}}

"""#,
    "sign-up": #"""
{{<layout}}
{{$main}}
<h1>{{title}}</h1>
<p class="lead">{{say.signUp.introduction}}</p>
{{> messages}}
<form method="post" action="/sign-up">
{{> keys}}
{{#fields}}
{{> field}}
{{/fields}}
<button class="primary">{{say.signUp.button}}</button>
</form>
<ul class="help">
<li>{{say.signUp.have}} <a href="{{signIn}}">{{say.signIn.button}}</a></li>
</ul>
{{/main}}
{{/layout}}

"""#,
    "signed-out": #"""
{{<layout}}
{{$main}}
<h1>{{title}}</h1>
<p>{{say.signOut.done}}</p>
{{#back}}
<a class="button primary" href="{{address}}">{{text}}</a>
{{/back}}
<ul class="help">
<li><a href="/sign-in">{{say.signOut.again}}</a></li>
</ul>
{{/main}}
{{/layout}}

"""#,
    "state": #"""
<span class="state{{#off}} off{{/off}}{{#waiting}} waiting{{/waiting}}">{{text}}</span>
"""#,
    "user": #"""
{{<layout}}
{{$main}}
<p><a href="{{list}}">{{backToList}}</a></p>
<h1>{{title}}</h1>
<p class="lead">{{email}} {{#state}}{{> state}}{{/state}}{{#guest}} <span class="badge">{{say.users.guest}}</span>{{/guest}}{{#viewer}} <span class="badge">{{say.user.you}}</span>{{/viewer}}</p>
{{> messages}}
<div class="panels">
<section class="sheet" aria-labelledby="roles-title">
<h2 id="roles-title">{{say.user.rolesTitle}}</h2>
<form method="post" action="{{saveRoles}}" class="again">
{{> keys}}
<input type="hidden" name="version" value="{{version}}">
{{#fields}}
{{> field}}
{{/fields}}
{{#changesRoles}}
<button class="primary">{{say.user.saveRoles}}</button>
{{/changesRoles}}
</form>
</section>
{{#suspend}}
<section class="sheet" aria-labelledby="access-title">
<h2 id="access-title">{{say.user.accessTitle}}</h2>
<p class="hint" id="suspend-hint">{{hint}}</p>
<form method="post" action="{{action}}">
{{> keys}}
<input type="hidden" name="version" value="{{version}}">
<button class="danger" aria-describedby="suspend-hint">{{say.user.suspend}}</button>
</form>
</section>
{{/suspend}}
{{#restore}}
<section class="sheet" aria-labelledby="access-title">
<h2 id="access-title">{{say.user.accessTitle}}</h2>
<p class="hint" id="restore-hint">{{say.user.restoreHint}}</p>
<form method="post" action="{{action}}">
{{> keys}}
<input type="hidden" name="version" value="{{version}}">
<button class="primary" aria-describedby="restore-hint">{{say.user.restore}}</button>
</form>
</section>
{{/restore}}
</div>
{{/main}}
{{/layout}}

"""#,
    "users": #"""
{{<layout}}
{{$main}}
{{> organizations}}
<div class="heading">
<h1>{{title}}</h1>
{{#invite}}
<a class="button primary" href="{{.}}">{{say.users.invite}}</a>
{{/invite}}
</div>
{{> messages}}
{{#rows}}
{{#first()}}<ul class="rows people">{{/first()}}
<li><span><a class="title" href="{{address}}">{{name}}</a>{{#guest}} <span class="badge">{{say.users.guest}}</span>{{/guest}}<br><span class="soft">{{email}}</span></span><span class="soft">{{roles}}</span>{{#state}}{{> state}}{{/state}}</li>
{{#last()}}</ul>{{/last()}}
{{/rows}}
{{^rows}}
<p class="empty">{{say.users.empty}}</p>
{{/rows}}
{{#paged}}
<nav class="pages" aria-label="{{title}}">
{{#firstPage}}
<a href="{{.}}">{{say.frame.previousPage}}</a>
{{/firstPage}}
{{#next}}
<a href="{{.}}" rel="next">{{say.frame.nextPage}}</a>
{{/next}}
</nav>
{{/paged}}
{{/main}}
{{/layout}}

"""#,
    "waiting-invitation": #"""
{{<layout}}
{{$main}}
<p><a href="{{list}}">{{backToList}}</a></p>
<h1>{{title}}</h1>
<p class="lead">{{sent}} · {{term}}</p>
{{> messages}}
<div class="panels">
<section class="sheet" aria-labelledby="details">
<h2 id="details">{{say.profile.details}}</h2>
<dl class="facts">
<div><dt>{{say.fields.organization}}</dt><dd>{{organization}}</dd></div>
<div><dt>{{say.fields.workEmail}}</dt><dd>{{email}}</dd></div>
<div><dt>{{say.fields.roles}}</dt><dd>{{roles}}</dd></div>
<div><dt>{{say.fields.language}}</dt><dd>{{preferred}}</dd></div>
</dl>
</section>
{{#mayChange}}
<section class="sheet" aria-labelledby="send-again-title">
<h2 id="send-again-title">{{say.invitation.sendAgain}}</h2>
<p class="hint">{{say.invitation.sendAgainHint}}</p>
<form method="post" action="{{sendAgain}}">
{{> keys}}
<button>{{say.invitation.sendAgain}}</button>
</form>
</section>
<section class="sheet" aria-labelledby="withdraw-title">
<h2 id="withdraw-title">{{say.invitation.withdraw}}</h2>
<p class="hint">{{say.invitation.withdrawHint}}</p>
<form method="post" action="{{withdraw}}">
{{> keys}}
<button class="danger">{{say.invitation.withdraw}}</button>
</form>
</section>
{{/mayChange}}
</div>
{{/main}}
{{/layout}}

"""#,
  ]

  /// Files served as they are, by name.
  static let files: [String: String] = [
    "icon.svg": #"""
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#1f5f5b"/><path d="M9 26V10a4 4 0 0 1 4-4h6a4 4 0 0 1 4 4v16z" fill="#fff"/><path d="M9 26V10a4 4 0 0 1 4-4l6 5v19z" fill="#9fd3c7"/><circle cx="16.5" cy="18" r="1.4" fill="#1f5f5b"/></svg>

"""#,
    "styles.css": #"""
/* One stylesheet for every page. Colours are pairs of ink and ground with a contrast of at least 4.5 to 1 in both schemes. */

:root {
  color-scheme: light dark;
  --ground: #f6f7f5;
  --sheet: #ffffff;
  --ink: #1b2624;
  --soft: #566562;
  --line: #d5dcd9;
  --edge: #7d8b88;
  --accent: #1f5f5b;
  --accent-strong: #174844;
  --on-accent: #ffffff;
  --tint: #e8f1ef;
  --good: #1d5e33;
  --good-ground: #e6f3ea;
  --wrong: #a3201c;
  --wrong-ground: #fcebea;
  --focus: #0b57d0;
}

@media (prefers-color-scheme: dark) {
  :root {
    --ground: #131917;
    --sheet: #1b2321;
    --ink: #e6ece9;
    --soft: #a3b2ae;
    --line: #33403c;
    --edge: #7f908b;
    --accent: #8fd0c4;
    --accent-strong: #b4e3da;
    --on-accent: #0c2522;
    --tint: #223330;
    --good: #94dba9;
    --good-ground: #1a3021;
    --wrong: #ffb1ab;
    --wrong-ground: #3d1d1b;
    --focus: #9cc3ff;
  }
}

*, *::before, *::after { box-sizing: border-box; }

html { font-size: 100%; text-size-adjust: 100%; }

body {
  margin: 0;
  min-height: 100vh;
  min-height: 100dvh;
  display: flex;
  flex-direction: column;
  background: var(--ground);
  color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif;
  overflow-wrap: break-word;
}

h1 { font-size: 1.625rem; line-height: 1.25; font-weight: 650; letter-spacing: -0.01em; margin: 0 0 0.75rem; text-wrap: balance; }
h2 { font-size: 1.125rem; line-height: 1.35; font-weight: 650; margin: 0 0 0.75rem; }
p { margin: 0 0 0.75rem; }
ul { margin: 0; padding: 0; list-style: none; }
a { color: var(--accent); text-underline-offset: 0.18em; text-decoration-thickness: 0.06em; }
a:hover { color: var(--accent-strong); text-decoration-thickness: 0.12em; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 4px; }
main:focus { outline: none; }

.skip { position: absolute; left: 1rem; top: -4rem; z-index: 1; padding: 0.6rem 1rem; background: var(--sheet); border-radius: 0 0 8px 8px; }
.skip:focus { top: 0; }

/* Above and below. */

.top { background: var(--sheet); border-bottom: 1px solid var(--line); }
.bar { max-width: 64rem; margin: 0 auto; padding: 0.6rem 1.25rem; display: flex; flex-wrap: wrap; align-items: center; gap: 0.35rem 1.5rem; }
.brand { display: inline-flex; align-items: center; gap: 0.6rem; min-height: 2.75rem; font-weight: 700; font-size: 1.0625rem; color: var(--ink); text-decoration: none; }
.brand:hover { color: var(--accent); }
.brand img { display: block; }
.places { display: flex; gap: 0.25rem; }
.places a { display: inline-flex; align-items: center; min-height: 2.75rem; padding: 0 0.75rem; border-radius: 8px; color: var(--ink); text-decoration: none; }
.places a:hover { background: var(--tint); }
.places a[aria-current] { font-weight: 650; color: var(--accent); box-shadow: inset 0 -3px 0 -1px var(--accent); border-radius: 8px 8px 0 0; }
.person { display: flex; align-items: center; gap: 0.75rem; margin-left: auto; min-width: 0; }
.me { display: flex; flex-direction: column; justify-content: center; min-height: 2.75rem; min-width: 0; line-height: 1.25; text-align: right; text-decoration: none; }
.me .name { font-weight: 600; }
.me:hover .name { text-decoration: underline; }
.me .organization { font-size: 0.8125rem; color: var(--soft); }

.bottom { margin-top: auto; padding: 1.5rem 1.25rem 1.75rem; }
.languages { display: flex; justify-content: center; gap: 0.25rem; font-size: 0.9375rem; }
.languages a, .languages span { display: inline-flex; align-items: center; min-height: 2.75rem; padding: 0 0.75rem; }
.languages span { font-weight: 600; color: var(--soft); }

/* The sheet in the middle. */

main { width: 100%; margin: 0 auto; }
main.narrow { max-width: 30rem; padding: 2rem 1.75rem 1.75rem; margin-top: clamp(1rem, 6vh, 4rem); background: var(--sheet); border: 1px solid var(--line); border-radius: 14px; }
main.wide { max-width: 64rem; padding: 2rem 1.25rem; }
section { margin-top: 2rem; }
.lead { color: var(--soft); margin-bottom: 1.25rem; }
.hint, .optional { color: var(--soft); font-size: 0.9375rem; }
.empty { padding: 1.25rem; border: 1px dashed var(--line); border-radius: 12px; color: var(--soft); }
.badge { display: inline-block; padding: 0.1rem 0.65rem; border-radius: 99px; background: var(--tint); color: var(--accent); font-size: 0.875rem; font-weight: 600; }
.number { font-family: ui-monospace, "SFMono-Regular", "Liberation Mono", monospace; font-size: 0.9375rem; }

.message { margin: 0 0 1.25rem; padding: 0.8rem 1rem; border-radius: 10px; border-left: 4px solid currentcolor; }
.message p { margin: 0; }
.message li { margin-top: 0.4rem; }
.message a { color: inherit; }
.message.wrong { background: var(--wrong-ground); color: var(--wrong); }
.message.good { background: var(--good-ground); color: var(--good); }

.facts { margin: 0 0 1.25rem; }
.facts div { display: grid; grid-template-columns: minmax(7rem, 1fr) 2fr; gap: 0.1rem 1rem; padding: 0.55rem 0; border-bottom: 1px solid var(--line); }
.facts dt { color: var(--soft); }
.facts dd { margin: 0; font-weight: 550; min-width: 0; }

/* Forms. */

form { margin: 0; }
.field { margin: 0 0 1.1rem; min-width: 0; }
.field > label, legend { display: block; font-weight: 600; margin-bottom: 0.3rem; padding: 0; }
.optional { font-weight: 400; }
.field > .hint { margin: 0 0 0.35rem; }
.field > .problem { margin: 0 0 0.35rem; color: var(--wrong); font-weight: 550; }
input, select, button { font: inherit; color: inherit; }
input:not([type="checkbox"], [type="radio"]), select { width: 100%; min-height: 2.875rem; padding: 0.5rem 0.75rem; background: var(--sheet); border: 1px solid var(--edge); border-radius: 8px; }
input[readonly] { background: var(--ground); border-color: var(--line); color: var(--soft); text-overflow: ellipsis; }
[aria-invalid="true"]:not(fieldset) { border: 2px solid var(--wrong); }
input[type="checkbox"], input[type="radio"] { width: 1.25rem; height: 1.25rem; margin: 0; accent-color: var(--accent); flex: none; }
fieldset { border: 0; margin: 0 0 1.1rem; padding: 0; min-width: 0; }
.pair { display: grid; gap: 0 1rem; }

/* A field whose label says again what the heading above it says: the label is for readers who do not see the heading beside it. */
.again legend, .again .field > label { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

.box { display: grid; grid-template-columns: auto 1fr; gap: 0 0.75rem; align-items: center; padding: 0.5rem 0; border-top: 1px solid var(--line); }
.box:last-child { border-bottom: 1px solid var(--line); }
.box label { min-height: 1.75rem; display: flex; align-items: center; font-weight: 550; }
.box .hint { grid-column: 2; margin: 0; }
.box input:disabled + label { color: var(--soft); }

.kinds { display: grid; gap: 0.5rem; }
.kinds legend { margin-bottom: 0.3rem; }
.kind { position: relative; display: flex; align-items: center; gap: 0.75rem; padding: 0.6rem 0.8rem; border: 1px solid var(--line); border-radius: 10px; }
.kind label { display: flex; flex-direction: column; flex: 1; line-height: 1.35; font-weight: 550; }
.kind label::after { content: ""; position: absolute; inset: 0; }
.kind .hint { font-weight: 400; font-size: 0.875rem; }
.kind:has(:checked) { border-color: var(--accent); background: var(--tint); }

button, .button { display: inline-flex; align-items: center; justify-content: center; min-height: 2.875rem; padding: 0.5rem 1.25rem; border: 1px solid var(--edge); border-radius: 8px; background: var(--sheet); color: var(--ink); font-weight: 600; text-align: center; text-decoration: none; cursor: pointer; }
button:hover, .button:hover { background: var(--tint); color: var(--ink); }
button.primary, .button.primary { border-color: transparent; background: var(--accent); color: var(--on-accent); }
button.primary:hover, .button.primary:hover { background: var(--accent-strong); color: var(--on-accent); }
button.danger { color: var(--wrong); border-color: currentcolor; }
button.danger:hover { background: var(--wrong-ground); color: var(--wrong); }
button.quiet { white-space: nowrap; border-color: transparent; padding: 0.5rem 0.75rem; font-weight: 500; background: transparent; }
button.quiet:hover { background: var(--tint); }
.narrow form > button.primary, .narrow > .button.primary { width: 100%; }
.buttons { display: flex; flex-wrap: wrap; gap: 0.75rem; margin-top: 0.25rem; }
.narrow form + .hint { margin: 1rem 0 0; }
.narrow .buttons > * { flex: 1 1 auto; }
.help { margin-top: 1.25rem; padding-top: 0.75rem; border-top: 1px solid var(--line); }
.help li { padding: 0.45rem 0; }
.advice { padding-left: 1.2rem; list-style: disc; }
.advice li { padding: 0.2rem 0; }

/* Portal. */

.tiles { display: grid; gap: 0.75rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 17rem), 1fr)); }
.tile { position: relative; padding: 1rem 1.15rem; background: var(--sheet); border: 1px solid var(--line); border-radius: 12px; }
.tile a { font-weight: 650; text-decoration: none; }
.tile a::after { content: ""; position: absolute; inset: 0; border-radius: 12px; }
.tile a:focus-visible { outline: none; }
.tile a:focus-visible::after { outline: 3px solid var(--focus); outline-offset: 2px; }
.tile:hover { border-color: var(--accent); }
.tile p { margin: 0.2rem 0 0; color: var(--soft); font-size: 0.9375rem; }
.tile.service { border-left: 4px solid var(--accent); }

.sheet { padding: 1.25rem; background: var(--sheet); border: 1px solid var(--line); border-radius: 12px; }
.sheet .facts { margin-bottom: 0; }
.sheet .facts div:last-child { border-bottom: 0; }
.panels section { margin: 0 0 1rem; break-inside: avoid; }
.panels .facts div { grid-template-columns: 1fr; }
.heading { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0.75rem 1rem; margin-bottom: 1.25rem; }
.heading h1 { margin: 0; }
.choices { margin: 0 0 1.25rem; }
.choices ul { display: flex; flex-wrap: wrap; gap: 0.5rem; }
.choices a, .choices span { display: inline-flex; align-items: center; min-height: 2.75rem; padding: 0.25rem 0.9rem; border: 1px solid var(--line); border-radius: 1.4rem; background: var(--sheet); text-decoration: none; }
.choices a:hover { background: var(--tint); }
.choices span { border-color: var(--accent); background: var(--tint); color: var(--accent); font-weight: 650; }

.rows > li { position: relative; display: grid; gap: 0.1rem 1rem; padding: 0.8rem 1.15rem; background: var(--sheet); border: 1px solid var(--line); border-top-width: 0; }
.rows > li:first-child { border-top-width: 1px; border-radius: 12px 12px 0 0; }
.rows > li:last-child { border-radius: 0 0 12px 12px; }
.rows > li:only-child { border-radius: 12px; }
.rows .title { font-weight: 600; }
.rows a.title { text-decoration: none; }
.rows a.title::after { content: ""; position: absolute; inset: 0; }
.rows li:has(a.title):hover { background: var(--tint); }
.rows .soft { color: var(--soft); font-size: 0.9375rem; min-width: 0; }
.state { display: inline-block; justify-self: start; align-self: center; padding: 0.05rem 0.6rem; border-radius: 12px; font-size: 0.875rem; background: var(--tint); color: var(--accent); }
.state.off { background: var(--wrong-ground); color: var(--wrong); }
.state.waiting { background: transparent; color: var(--soft); border: 1px solid var(--line); }
.rows form { margin-top: 0.4rem; }
.pages { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0.5rem 1rem; margin-top: 1rem; }

@media (min-width: 42rem) {
  .pair { grid-template-columns: 1fr 1fr; }
  .panels { columns: 2; column-gap: 1rem; }
  .rows.people > li { grid-template-columns: 2fr 2fr 1fr; align-items: center; }
  .rows.sessions > li { grid-template-columns: 1fr auto; align-items: center; }
  .rows.sessions > li > span { grid-column: 1; }
  .rows.sessions form { grid-column: 2; grid-row: 1 / span 3; margin: 0; }
}

@media (max-width: 33rem) {
  main.narrow { margin-top: 0; padding: 1.5rem 1.25rem; border-width: 0 0 1px; border-radius: 0; }
  .facts div { grid-template-columns: 1fr; }
  .bar { column-gap: 0.75rem; }
  .person { flex: 1 1 0; justify-content: flex-end; gap: 0; }
  .me .name, .me .organization { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  .person button.quiet { padding-right: 0; }
  .places { order: 1; width: 100%; margin: 0 -0.75rem -0.6rem; }
  .heading .button { width: 100%; }
  input[readonly]:not([type="checkbox"]) { padding: 0.5rem; font-size: 0.875rem; }
}

@media (prefers-reduced-motion: no-preference) {
  button, .button, .tile, .places a { transition: background-color 0.12s, border-color 0.12s; }
}

@media (forced-colors: active) {
  .kind:has(:checked), .places a[aria-current] { outline: 2px solid; }
}

@media print {
  .top, .bottom, .skip { display: none; }
}

"""#,
  ]
}

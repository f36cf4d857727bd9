# bash completion for hpc-desk, generated from its command tree.

_hpc_desk() {
  local place='' count=0 awaited='' literal='' current='' lead='' stem=''
  local line=${COMP_LINE-} breaks=${COMP_WORDBREAKS//[^=:@]/} word blank i
  local -a typed
  COMPREPLY=()
  # File names are enabled below for file values only. bash 3.2 has no compopt and offers them if nothing else matches.
  compopt +o default 2>/dev/null

  # Bash splits --output=json and gv101:4 at COMP_WORDBREAKS: rejoin what is not separated by blanks.
  for ((i = 0; i <= COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    blank=${line%%[![:space:]]*}
    line=${line#"$blank"}
    line=${line#"$word"}
    if [[ -z $blank && ($word == [=:@]* || $current == *[=:@]) ]]; then
      current+=$word
    else
      ((i > 1)) && _hpc_desk_pass "$current"
      current=$word
    fi
  done
  # Readline replaces only the part after the last break.
  [[ -n $breaks ]] && stem=${current%"${current##*[$breaks]}"}

  if [[ -n $awaited ]]; then
    _hpc_desk_value "$awaited"
  elif [[ -z $literal && $current == --*=* ]]; then
    lead=${current%%=*}=
    _hpc_desk_value "${lead%=}"
  elif [[ -z $literal && $current == -* ]]; then
    _hpc_desk_options
  else
    _hpc_desk_operand
    [[ -z $literal$current && ${#COMPREPLY[@]} -eq 0 ]] && _hpc_desk_options
  fi
  return 0
}

# Parses one complete word before the cursor.
_hpc_desk_pass() {
  typed+=("$1")
  if [[ -n $awaited ]]; then
    awaited=''
  elif [[ -z $literal && $1 == -- ]]; then
    literal=yes
  elif [[ -z $literal && $1 == -?* ]]; then
    if _hpc_desk_takes_word "$1" || _hpc_desk_takes_word "$place $1"; then awaited=$1; fi
  elif _hpc_desk_is_command "$place $1"; then
    place="$place $1" count=0
  else
    count=$((count + 1))
  fi
}

_hpc_desk_is_command() {
  case "$1" in
    ' login' | ' sandbox' | ' doctor' | ' vnc' | ' vnc create' | ' vnc list' | ' vnc show' | ' vnc connect' | ' vnc screenshot' | ' vnc check' | ' vnc open' | ' vnc delete' | ' tunnels' | ' tunnels stop' | ' viewers' | ' whoami' | ' logout' | ' clusters' | ' clusters use' | ' config' | ' config list' | ' config get' | ' config set' | ' config unset' | ' config path' | ' completion' | ' completion install' | ' completion uninstall' | ' version' | ' help') return 0 ;;
  esac
  return 1
}

_hpc_desk_takes_word() {
  case "$1" in
    '-o' | '--output' | '--fields' | '--field' | '--profile' | '--api-url' | '--lang' | '--timeout' | ' login --user' | ' login --access-key' | ' login --org-id' | ' login --cluster' | ' login --platform-url' | ' login --auth-url' | ' sandbox --desktop' | ' sandbox --geometry' | ' doctor --via' | ' doctor --identity' | ' doctor --viewer' | ' doctor --report' | ' vnc connect --viewer' | ' vnc connect --via' | ' vnc connect --route' | ' vnc connect --identity' | ' vnc connect --local-port' | ' vnc connect --profile-link' | ' vnc screenshot --file' | ' vnc screenshot --via' | ' vnc screenshot --route' | ' vnc screenshot --identity' | ' vnc check --via' | ' vnc check --route' | ' vnc check --identity' | ' vnc check --report' | ' viewers --viewer') return 0 ;;
  esac
  return 1
}

_hpc_desk_offer() {
  local candidate
  for candidate in "$@"; do
    candidate=$lead$candidate
    [[ $candidate == "$current"* ]] && COMPREPLY+=("${candidate#"$stem"}")
  done
}

# In a list only the part after the last comma is completed.
_hpc_desk_after_comma() {
  local value=${current#"$lead"}
  [[ $value == *,* ]] && lead+=${value%,*},
  compopt -o nospace 2>/dev/null
}

# Offers values from the program: lines of word, tab, description.
_hpc_desk_live() {
  local answer candidate note seen=' ' clash='' ignoring=''
  local -a listed
  # Neither the typed words nor the output are evaluated.
  answer=$(command 'hpc-desk' __complete "$1" -- ${typed[@]+"${typed[@]}"} </dev/null 2>/dev/null)
  while IFS=$'\t' read -r candidate note; do
    # Bash inserts without quoting, so only plain words are accepted, and no options.
    [[ -z $candidate || $candidate == -* || $candidate == *[!A-Za-z0-9_.:@+-]* ]] && continue
    [[ $lead$candidate == "$current"* ]] || continue
    _hpc_desk_offer "$candidate"
    listed+=("${COMPREPLY[${#COMPREPLY[@]} - 1]}${note:+  ($note)}")
    # Readline may ignore case and equate _ and - (completion-ignore-case, completion-map-case).
    shopt -q nocasematch && ignoring=yes
    shopt -s nocasematch
    [[ $seen == *" ${candidate//_/-} "* ]] && clash=yes
    [[ -n $ignoring ]] || shopt -u nocasematch
    seen+="${candidate//_/-} "
  done <<<"$answer"
  # Add descriptions only when listing: COMP_TYPE ?, ! and @ in bash(1). Readline inserts the common prefix of all rows, so
  # not when two words are equal.
  case $clash${COMP_TYPE-} in 33 | 63 | 64)
    ((${#listed[@]} > 1)) && COMPREPLY=("${listed[@]}") ;;
  esac
}

_hpc_desk_operand() {
  case "$count$place" in
    '0') _hpc_desk_offer 'login' 'sandbox' 'doctor' 'vnc' 'tunnels' 'viewers' 'whoami' 'logout' 'clusters' 'config' 'completion' 'version' 'help' ;;
    '0 vnc') _hpc_desk_offer 'create' 'list' 'show' 'connect' 'screenshot' 'check' 'open' 'delete' ;;
    '0 tunnels') _hpc_desk_offer 'stop' ;;
    '0 clusters') _hpc_desk_offer 'use' ;;
    '0 config') _hpc_desk_offer 'list' 'get' 'set' 'unset' 'path' ;;
    '0 completion') _hpc_desk_offer 'install' 'uninstall' ;;
  esac
  case "$count$place" in
    '0 vnc show') _hpc_desk_live sessions ;;
    '0 vnc connect') _hpc_desk_live sessions ;;
    '0 vnc screenshot') _hpc_desk_live sessions ;;
    '0 vnc check') _hpc_desk_live sessions ;;
    '0 vnc open') _hpc_desk_live sessions ;;
    '0 vnc delete') _hpc_desk_live sessions ;;
    '0 tunnels stop') _hpc_desk_live tunnels ;;
    '0 clusters use') _hpc_desk_live clusters ;;
    '0 config get') _hpc_desk_offer 'apiUrl' 'platformUrl' 'authUrl' 'profile' 'via' 'viewer' 'lang' 'timeout' 'timeZone' 'sweepHour' 'notify' ;;
    '0 config set') _hpc_desk_offer 'apiUrl' 'platformUrl' 'authUrl' 'profile' 'via' 'viewer' 'lang' 'timeout' 'timeZone' 'sweepHour' 'notify' ;;
    '0 config unset') _hpc_desk_offer 'apiUrl' 'platformUrl' 'authUrl' 'profile' 'via' 'viewer' 'lang' 'timeout' 'timeZone' 'sweepHour' 'notify' ;;
    '0 completion') _hpc_desk_offer 'bash' 'zsh' 'fish' 'powershell' ;;
    '0 completion install') _hpc_desk_offer 'bash' 'zsh' 'fish' 'powershell' ;;
    '0 completion uninstall') _hpc_desk_offer 'bash' 'zsh' 'fish' 'powershell' ;;
    '0 help') _hpc_desk_offer 'environment' 'exit-codes' 'output' 'proxy' 'vnc-viewers' 'login' 'sandbox' 'doctor' 'vnc' 'tunnels' 'viewers' 'whoami' 'logout' 'clusters' 'config' 'completion' 'version' ;;
  esac
}

_hpc_desk_options() {
  _hpc_desk_offer '--json' '-o' '--output' '--fields' '--field' '-q' '--quiet' '--debug' '--profile' '--api-url' '--lang' '--color' '--no-color' '--no-input' '--timeout' '-h' '--help' '-V' '--version'
  case "$place" in
    ' login') _hpc_desk_offer '--token-stdin' '--user' '--access-key' '--secret-key-stdin' '--org-id' '--password-stdin' '--cluster' '--remember' '--platform-url' '--auth-url' '--allow-http' ;;
    ' sandbox') _hpc_desk_offer '--desktop' '--geometry' ;;
    ' doctor') _hpc_desk_offer '--via' '--identity' '--viewer' '--report' ;;
    ' vnc create') _hpc_desk_offer '--wait' '--notify' '--allow-target' ;;
    ' vnc list') _hpc_desk_offer '--allow-target' ;;
    ' vnc show') _hpc_desk_offer '--watch' '--allow-target' ;;
    ' vnc connect') _hpc_desk_offer '--viewer' '--web' '--keep' '--via' '--route' '--identity' '--local-port' '--allow-any-user' '--view-only' '--full-screen' '--profile-link' '--no-create' '--detach' '--print' '--allow-target' ;;
    ' vnc screenshot') _hpc_desk_offer '--file' '--show' '--via' '--route' '--identity' '--allow-target' ;;
    ' vnc check') _hpc_desk_offer '--via' '--route' '--identity' '--report' '--allow-target' ;;
    ' vnc open') _hpc_desk_offer '--no-open' '--allow-target' ;;
    ' vnc delete') _hpc_desk_offer '-y' '--yes' '--allow-target' ;;
    ' tunnels stop') _hpc_desk_offer '--all' ;;
    ' viewers') _hpc_desk_offer '--all' '--viewer' ;;
    ' whoami') _hpc_desk_offer '--all' '--verify' ;;
    ' logout') _hpc_desk_offer '--all' ;;
  esac
}

_hpc_desk_value() {
  local option
  for option in "$1" "$place $1"; do
    case "$option" in
      '-o' | '--output') _hpc_desk_offer 'table' 'json' 'tsv' 'name' 'env' ;;
      '--profile') _hpc_desk_live profiles ;;
      '--lang') _hpc_desk_offer 'en' 'zh' ;;
      ' login --cluster') _hpc_desk_live clusters ;;
      ' sandbox --desktop') _hpc_desk_offer 'auto' 'xvnc' 'builtin' ;;
      ' doctor --identity') compopt -o default 2>/dev/null ;;
      ' doctor --viewer') _hpc_desk_live viewers; compopt -o default 2>/dev/null ;;
      ' doctor --report') compopt -o default 2>/dev/null ;;
      ' vnc connect --viewer') _hpc_desk_live viewers; compopt -o default 2>/dev/null ;;
      ' vnc connect --route') _hpc_desk_offer 'auto' 'direct' 'ssh' ;;
      ' vnc connect --identity') compopt -o default 2>/dev/null ;;
      ' vnc connect --profile-link') _hpc_desk_offer 'slow' 'lan' ;;
      ' vnc screenshot --file') compopt -o default 2>/dev/null ;;
      ' vnc screenshot --route') _hpc_desk_offer 'auto' 'direct' 'ssh' ;;
      ' vnc screenshot --identity') compopt -o default 2>/dev/null ;;
      ' vnc check --route') _hpc_desk_offer 'auto' 'direct' 'ssh' ;;
      ' vnc check --identity') compopt -o default 2>/dev/null ;;
      ' vnc check --report') compopt -o default 2>/dev/null ;;
      ' viewers --viewer') _hpc_desk_live viewers; compopt -o default 2>/dev/null ;;
      ' login --fields') _hpc_desk_after_comma; _hpc_desk_offer 'profile' 'user' 'clusterUser' 'cluster.id' 'cluster.name' 'apiUrl' 'platformUrl' 'accountStatus' 'expiresAt' 'storedIn' ;;
      ' login --field') _hpc_desk_offer 'profile' 'user' 'clusterUser' 'cluster.id' 'cluster.name' 'apiUrl' 'platformUrl' 'accountStatus' 'expiresAt' 'storedIn' ;;
      ' sandbox --fields') _hpc_desk_after_comma; _hpc_desk_offer 'apiUrl' 'platformUrl' 'authUrl' 'user' 'password' 'orgId' 'accessKey' 'secretKey' 'cluster.id' 'cluster.name' 'token' ;;
      ' sandbox --field') _hpc_desk_offer 'apiUrl' 'platformUrl' 'authUrl' 'user' 'password' 'orgId' 'accessKey' 'secretKey' 'cluster.id' 'cluster.name' 'token' ;;
      ' doctor --fields') _hpc_desk_after_comma; _hpc_desk_offer 'healthy' 'checks' 'report.file' 'report.text' ;;
      ' doctor --field') _hpc_desk_offer 'healthy' 'checks' 'report.file' 'report.text' ;;
      ' vnc create --fields') _hpc_desk_after_comma; _hpc_desk_offer 'sessionId' 'id' 'name' 'hostname' 'ip' 'display' 'port' 'user' 'job' 'widthPx' 'heightPx' 'createdAt' 'sweepAt' 'created' ;;
      ' vnc create --field') _hpc_desk_offer 'sessionId' 'id' 'name' 'hostname' 'ip' 'display' 'port' 'user' 'job' 'widthPx' 'heightPx' 'createdAt' 'sweepAt' 'created' ;;
      ' vnc list --fields') _hpc_desk_after_comma; _hpc_desk_offer 'sessionId' 'id' 'name' 'hostname' 'ip' 'display' 'port' 'user' 'job' 'widthPx' 'heightPx' 'createdAt' 'sweepAt' ;;
      ' vnc list --field') _hpc_desk_offer 'sessionId' 'id' 'name' 'hostname' 'ip' 'display' 'port' 'user' 'job' 'widthPx' 'heightPx' 'createdAt' 'sweepAt' ;;
      ' vnc show --fields') _hpc_desk_after_comma; _hpc_desk_offer 'sessionId' 'id' 'name' 'hostname' 'ip' 'display' 'port' 'user' 'job' 'widthPx' 'heightPx' 'createdAt' 'sweepAt' ;;
      ' vnc show --field') _hpc_desk_offer 'sessionId' 'id' 'name' 'hostname' 'ip' 'display' 'port' 'user' 'job' 'widthPx' 'heightPx' 'createdAt' 'sweepAt' ;;
      ' vnc connect --fields') _hpc_desk_after_comma; _hpc_desk_offer 'mode' 'sessionId' 'target' 'route' 'via' 'address' 'port' 'url' 'viewer.id' 'viewer.path' 'id' 'tunnel.argv' 'viewer.argv' 'shell' 'commands.posix' 'commands.powershell' ;;
      ' vnc connect --field') _hpc_desk_offer 'mode' 'sessionId' 'target' 'route' 'via' 'address' 'port' 'url' 'viewer.id' 'viewer.path' 'id' 'tunnel.argv' 'viewer.argv' 'shell' 'commands.posix' 'commands.powershell' ;;
      ' vnc screenshot --fields') _hpc_desk_after_comma; _hpc_desk_offer 'file' 'widthPx' 'heightPx' 'bytes' ;;
      ' vnc screenshot --field') _hpc_desk_offer 'file' 'widthPx' 'heightPx' 'bytes' ;;
      ' vnc check --fields') _hpc_desk_after_comma; _hpc_desk_offer 'healthy' 'rfb.version' 'rfb.securityTypes' 'rfb.widthPx' 'rfb.heightPx' 'rfb.desktopName' 'checks' ;;
      ' vnc check --field') _hpc_desk_offer 'healthy' 'rfb.version' 'rfb.securityTypes' 'rfb.widthPx' 'rfb.heightPx' 'rfb.desktopName' 'checks' ;;
      ' vnc open --fields') _hpc_desk_after_comma; _hpc_desk_offer 'sessionId' 'url' ;;
      ' vnc open --field') _hpc_desk_offer 'sessionId' 'url' ;;
      ' vnc delete --fields') _hpc_desk_after_comma; _hpc_desk_offer 'sessionId' 'deleted' 'alreadyGone' ;;
      ' vnc delete --field') _hpc_desk_offer 'sessionId' 'deleted' 'alreadyGone' ;;
      ' tunnels --fields') _hpc_desk_after_comma; _hpc_desk_offer 'id' 'pid' 'sessionId' 'mode' 'target' 'route' 'via' 'address' 'port' 'url' 'startedAt' 'state' 'viewer' 'failure' 'sweepAt' ;;
      ' tunnels --field') _hpc_desk_offer 'id' 'pid' 'sessionId' 'mode' 'target' 'route' 'via' 'address' 'port' 'url' 'startedAt' 'state' 'viewer' 'failure' 'sweepAt' ;;
      ' tunnels stop --fields') _hpc_desk_after_comma; _hpc_desk_offer 'stopped' ;;
      ' tunnels stop --field') _hpc_desk_offer 'stopped' ;;
      ' viewers --fields') _hpc_desk_after_comma; _hpc_desk_offer 'wish' 'wishedBy' 'viewers' 'searched' 'install' ;;
      ' viewers --field') _hpc_desk_offer 'wish' 'wishedBy' 'viewers' 'searched' 'install' ;;
      ' whoami --fields') _hpc_desk_after_comma; _hpc_desk_offer 'profile' 'user' 'clusterUser' 'cluster.id' 'cluster.name' 'apiUrl' 'platformUrl' 'accountStatus' 'expiresAt' 'storedIn' 'tokenSource' 'expired' 'expiresInSeconds' 'current' ;;
      ' whoami --field') _hpc_desk_offer 'profile' 'user' 'clusterUser' 'cluster.id' 'cluster.name' 'apiUrl' 'platformUrl' 'accountStatus' 'expiresAt' 'storedIn' 'tokenSource' 'expired' 'expiresInSeconds' 'current' ;;
      ' logout --fields') _hpc_desk_after_comma; _hpc_desk_offer 'removed' ;;
      ' logout --field') _hpc_desk_offer 'removed' ;;
      ' clusters --fields') _hpc_desk_after_comma; _hpc_desk_offer 'id' 'name' 'usable' 'current' 'accountStatus' ;;
      ' clusters --field') _hpc_desk_offer 'id' 'name' 'usable' 'current' 'accountStatus' ;;
      ' clusters use --fields') _hpc_desk_after_comma; _hpc_desk_offer 'profile' 'user' 'clusterUser' 'cluster.id' 'cluster.name' 'apiUrl' 'platformUrl' 'accountStatus' 'expiresAt' 'storedIn' ;;
      ' clusters use --field') _hpc_desk_offer 'profile' 'user' 'clusterUser' 'cluster.id' 'cluster.name' 'apiUrl' 'platformUrl' 'accountStatus' 'expiresAt' 'storedIn' ;;
      ' config list --fields') _hpc_desk_after_comma; _hpc_desk_offer 'apiUrl.value' 'apiUrl.source' 'platformUrl.value' 'platformUrl.source' 'authUrl.value' 'authUrl.source' 'profile.value' 'profile.source' 'via.value' 'via.source' 'viewer.value' 'viewer.source' 'lang.value' 'lang.source' 'timeout.value' 'timeout.source' 'timeZone.value' 'timeZone.source' 'sweepHour.value' 'sweepHour.source' 'notify.value' 'notify.source' ;;
      ' config list --field') _hpc_desk_offer 'apiUrl.value' 'apiUrl.source' 'platformUrl.value' 'platformUrl.source' 'authUrl.value' 'authUrl.source' 'profile.value' 'profile.source' 'via.value' 'via.source' 'viewer.value' 'viewer.source' 'lang.value' 'lang.source' 'timeout.value' 'timeout.source' 'timeZone.value' 'timeZone.source' 'sweepHour.value' 'sweepHour.source' 'notify.value' 'notify.source' ;;
      ' config set --fields') _hpc_desk_after_comma; _hpc_desk_offer 'key' 'value' ;;
      ' config set --field') _hpc_desk_offer 'key' 'value' ;;
      ' config unset --fields') _hpc_desk_after_comma; _hpc_desk_offer 'key' ;;
      ' config unset --field') _hpc_desk_offer 'key' ;;
      ' completion install --fields') _hpc_desk_after_comma; _hpc_desk_offer 'shell' 'startFile' 'loadLine' 'changes' 'lines' ;;
      ' completion install --field') _hpc_desk_offer 'shell' 'startFile' 'loadLine' 'changes' 'lines' ;;
      ' completion uninstall --fields') _hpc_desk_after_comma; _hpc_desk_offer 'shell' 'change' 'path' ;;
      ' completion uninstall --field') _hpc_desk_offer 'shell' 'change' 'path' ;;
    esac
  done
}

complete -o default -F _hpc_desk 'hpc-desk'

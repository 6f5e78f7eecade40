# Completion of valuenet for fish: the program says what can stand next.
function __valuenet_candidates
    set -l words (commandline -opc)
    set -l program $words[1]
    set -e words[1]
    set -l begun (commandline -ct)
    for line in ($program --complete $words "$begun" 2> /dev/null)
        if test "$line" = :files
            __fish_complete_path "$begun"
        else
            printf '%s\n' $line
        end
    end
end
complete -c valuenet -f -a '(__valuenet_candidates)'

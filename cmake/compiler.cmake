# Warnings, sanitizers and the floating-point rule, for every target of the project.
function(valuenet_compile_options target)
  target_compile_options(
    ${target}
    PRIVATE -Wall -Wextra -Wpedantic -Wconversion -Wshadow
            # The same bits on every instruction set: no multiply-add unless the source says so.
            -ffp-contract=off)
  if(VALUENET_WARNINGS_AS_ERRORS)
    target_compile_options(${target} PRIVATE -Werror)
  endif()
  if(VALUENET_SANITIZE)
    target_compile_options(${target} PRIVATE -fsanitize=${VALUENET_SANITIZE} -fno-omit-frame-pointer
                                             -fno-sanitize-recover=all)
    target_link_options(${target} PUBLIC -fsanitize=${VALUENET_SANITIZE})
  endif()
endfunction()
